export const STYLE = `
:root { color-scheme: light dark; --accent: #2456c4; --line: #8886; --quiet: #6b7280; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; }
header { display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap; padding: .75rem 1.25rem; border-bottom: 1px solid var(--line); }
header a.brand { font-weight: 600; text-decoration: none; color: inherit; }
header nav { margin-left: auto; display: flex; gap: 1rem; align-items: baseline; }
main { max-width: 44rem; margin: 2rem auto; padding: 0 1.25rem; }
a { color: var(--accent); }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; }
form.stack { display: grid; gap: .75rem; max-width: 22rem; }
form.inline { display: inline; }
label { display: grid; gap: .25rem; }
input { font: inherit; padding: .4rem .5rem; border: 1px solid var(--quiet); border-radius: 4px; width: 100%; }
button { font: inherit; padding: .4rem .9rem; border: 1px solid var(--accent); border-radius: 4px; background: var(--accent); color: #fff; cursor: pointer; }
button.quiet { background: none; color: var(--accent); padding: .1rem .5rem; }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid #f59e0b; outline-offset: 1px; }
p.note { border-left: 4px solid var(--accent); padding: .5rem .75rem; margin: 0 0 1rem; background: #8881; }
p.error { border-left-color: #c2410c; }
small { color: var(--quiet); }
@media (prefers-color-scheme: dark) { :root { --accent: #7aa2f7; --quiet: #a3a9b6; } button:not(.quiet) { color: #111; } }
`;
