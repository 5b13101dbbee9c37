/** The style of the HTML report. Its colours are those of the console and reach 4.5 : 1 on their surface, light and dark. */
export const STYLE = `
:root{color-scheme:light dark;
--page:light-dark(#f5f6f8,#101216);--surface:light-dark(#fff,#181b21);--sunken:light-dark(#f3f5f8,#13161b);
--line:light-dark(#dfe3e8,#323843);--ink:light-dark(#1c2330,#e7eaf0);--soft:light-dark(#4d5666,#b0b8c5);
--accent:light-dark(#2b4acb,#93a8ff);--accent-bg:light-dark(#e9edfc,#232c4d);
--ok:light-dark(#17683a,#7fd6a0);--ok-bg:light-dark(#e5f4ea,#16331f);--ok-bar:light-dark(#4ba672,#3f9463);
--bad:light-dark(#a8201a,#ff9d96);--bad-bg:light-dark(#fdeaea,#431b1a);--bad-bar:light-dark(#d2453d,#e0635b);
--warn:light-dark(#8a4b00,#f0b869);--warn-bg:light-dark(#fdf0dc,#3a2a10);--warn-bar:light-dark(#e0a13c,#c98a2c);
--idle:light-dark(#4d5666,#b0b8c5);--idle-bg:light-dark(#eceff3,#2a2f38);--idle-bar:light-dark(#c3cad4,#474e5a);
--mark:light-dark(#ffe08a,#6b5310);--mark-ink:light-dark(#3a2c00,#ffeebb);
--name:light-dark(#1f3fae,#a9b9ff);--string:light-dark(#17683a,#8fd9ab);
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;
font:14px/1.57 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
:root:has(#colours-light:checked){color-scheme:light}
:root:has(#colours-dark:checked){color-scheme:dark}
:root:has(#language-zh:checked) body [lang="en"]:not(.always){display:none}
:root:has(#language-en:checked) body [lang="zh-Hans"]:not(.always){display:none}
:root:has(#shown-open:checked) .case.passed{display:none}
:root:has(#shown-open:checked) .topic:not(:has(.case:not(.passed))){display:none}
*{box-sizing:border-box}
body{margin:0;overflow-wrap:anywhere;background:var(--page);color:var(--ink)}
header,main,footer{max-width:1120px;margin:0 auto;padding:0 24px}
h1,h2,h3,h4,h5,p,dl,dd,figure,ol{margin:0;padding:0}
h1{font-size:20px;font-weight:650;line-height:1.35}
h2{font-size:16px;font-weight:650;line-height:1.4}
h3{font-size:13px;font-weight:600;color:var(--soft)}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible,label:has(:focus-visible){outline:2px solid var(--accent);outline-offset:2px}
code,pre,.line,.headers,.target,.value,.origin,.protocol{font-family:var(--mono);font-size:12.5px}
mark{background:var(--mark);color:var(--mark-ink);border-radius:3px;padding:1px 2px}
.spoken,.switch input{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
header{display:flex;flex-wrap:wrap;gap:12px 24px;align-items:flex-start;padding-top:28px;padding-bottom:16px}
.what{flex:1 1 320px;min-width:0}
.what p{color:var(--soft);display:flex;flex-wrap:wrap;gap:2px 16px;margin-top:4px}
.target{color:var(--ink)}
.protocol{font-size:13px;font-weight:600;color:var(--accent);background:var(--accent-bg);border-radius:6px;padding:2px 8px;margin-left:4px}
.switches{display:flex;flex-wrap:wrap;gap:8px}
.switch{border:1px solid var(--line);border-radius:8px;padding:2px;margin:0;display:flex;background:var(--surface);position:relative}
.switch label{padding:2px 10px;border-radius:6px;cursor:pointer;color:var(--soft);font-size:13px;position:relative}
.switch label:has(:checked){background:var(--accent-bg);color:var(--accent);font-weight:600}
main{display:grid;gap:20px;grid-template-columns:minmax(0,1fr)}
.summary,.findings li,.topic{background:var(--surface);border:1px solid var(--line);border-radius:12px}
.summary{padding:20px 24px;display:grid;grid-template-columns:minmax(0,1fr) auto;gap:16px 32px;align-items:center}
.verdict{display:flex;gap:16px;align-items:center}
.verdict h2{font-size:22px}
.verdict p{color:var(--soft)}
.verdict>.sign{width:44px;height:44px}
.tiles{display:flex;gap:28px}
.tile{display:grid;color:var(--soft);font-size:13px;justify-items:start}
.tile b{font-size:24px;line-height:1.2;font-weight:650;font-variant-numeric:tabular-nums}
.tile.passed b{color:var(--ok)}.tile.failed b{color:var(--bad)}.tile.warned b{color:var(--warn)}.tile.skipped b{color:var(--idle)}
.tile.none b{color:var(--soft);opacity:.55}
.share{grid-column:1/-1;width:100%;border-radius:3px;display:block}
.bar.passed{fill:var(--ok-bar)}.bar.failed{fill:var(--bad-bar)}.bar.warned{fill:var(--warn-bar)}.bar.skipped{fill:var(--idle-bar)}
.plot{grid-column:1/-1}
.plot figcaption{color:var(--soft);font-size:13px;margin-bottom:8px}
.axes{display:grid;grid-template-columns:auto minmax(0,1fr);gap:10px}
.scale{display:flex;flex-direction:column;justify-content:space-between;color:var(--soft);font-size:11.5px;text-align:right;font-variant-numeric:tabular-nums;line-height:1;margin:-5px 0}
.plot svg{width:100%;display:block;overflow:visible}
.plot .room{fill:transparent}
.plot a:hover .room,.plot a:focus-visible .room{fill:var(--accent-bg)}
.grid{stroke:var(--line);stroke-width:1}
.slow{stroke:var(--warn);stroke-dasharray:4 4}
.sign{display:inline-grid;place-items:center;flex:none;width:20px;height:20px;border-radius:50%;position:relative}
.sign svg{width:100%;height:100%;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.sign.passed{background:var(--ok-bg);color:var(--ok)}.sign.failed{background:var(--bad-bg);color:var(--bad)}
.sign.warned{background:var(--warn-bg);color:var(--warn)}.sign.skipped{background:var(--idle-bg);color:var(--idle)}
.findings{display:grid;gap:10px;grid-template-columns:minmax(0,1fr)}
.findings ol{list-style:none;display:grid;gap:10px;grid-template-columns:minmax(0,1fr)}
.findings li{padding:16px 20px 14px}
.findings li .diagnosis{border:0;padding:0;background:none}
.diagnosis{border:1px solid var(--line);border-radius:8px;padding:12px 16px;background:var(--surface)}
.diagnosis h4{display:flex;gap:10px;align-items:center;font-size:15px;font-weight:600;line-height:1.4;margin-bottom:8px}
.diagnosis dl{display:grid;gap:4px;grid-template-columns:minmax(0,1fr);padding-left:30px}
.diagnosis dl>div{display:grid;grid-template-columns:72px minmax(0,1fr);gap:12px}
.diagnosis dt{color:var(--soft);font-size:13px;line-height:1.7}
.value{white-space:pre-wrap;line-height:1.75}
.origin{color:var(--soft);line-height:1.75}
.links{display:flex;flex-wrap:wrap;gap:6px;padding:10px 0 0 30px}
.chip{font-family:var(--mono);font-size:12px;line-height:1.5;border-radius:6px;padding:1px 8px;background:var(--accent-bg);color:var(--accent)}
.chip.good{background:var(--ok-bg);color:var(--ok)}
.chip.bad{background:var(--bad-bg);color:var(--bad)}
.cases{display:grid;gap:12px;grid-template-columns:minmax(0,1fr)}
.bar-line{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:8px}
.topic{overflow:hidden}
.topic h3{padding:10px 20px 8px;background:var(--sunken);border-bottom:1px solid var(--line)}
.case+.case{border-top:1px solid var(--line)}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
.case>summary{display:grid;grid-template-columns:20px minmax(0,17em) minmax(0,1fr) auto 12px;gap:4px 14px;align-items:center;padding:9px 20px}
.case>summary:hover,.exchange>summary:hover{background:var(--sunken)}
summary::after{content:"";width:7px;height:7px;border:solid var(--soft);border-width:0 1.5px 1.5px 0;transform:rotate(45deg) translate(-2px,-2px)}
details[open]>summary::after{transform:rotate(225deg) translate(-2px,-2px)}
.time{color:var(--soft);font-size:12.5px;font-variant-numeric:tabular-nums;white-space:nowrap}
.inside{padding:4px 20px 18px 54px;display:grid;gap:10px;grid-template-columns:minmax(0,1fr);scroll-margin-top:72px}
.inside:target{box-shadow:inset 3px 0 0 var(--accent)}
.reason,.source{color:var(--soft)}
.source{font-size:12.5px}
.exchange{border:1px solid var(--line);border-radius:8px;overflow:hidden}
.exchange>summary{display:flex;gap:12px;align-items:center;padding:8px 14px}
.exchange .label{flex:1;min-width:0;font-weight:500}
.exchange>summary::after{flex:none}
.message{padding:10px 14px 14px;border-top:1px solid var(--line);display:grid;gap:8px;grid-template-columns:minmax(0,1fr)}
.message h5{font-size:12px;font-weight:600;color:var(--soft)}
.line{line-height:1.6}
.headers{display:grid;gap:1px;line-height:1.6}
.headers>div{display:flex;gap:8px}
.headers dt{flex:none;color:var(--soft)}
.headers dt::after{content:":"}
.headers dd{min-width:0;white-space:pre-wrap}
.bodies{display:grid;gap:10px;grid-template-columns:minmax(0,1fr)}
.bodies.two{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
figcaption{color:var(--soft);font-size:12px;margin-bottom:3px}
pre{margin:0;padding:10px 12px;background:var(--sunken);border-radius:6px;white-space:pre-wrap;line-height:1.55;max-height:420px;overflow:auto}
pre+figcaption{margin-top:8px}
.t-name{color:var(--name)}.t-string{color:var(--string)}
mark .t-name,mark .t-string,.t-name mark,.t-string mark{color:var(--mark-ink)}
.empty,.cut{color:var(--soft);font-style:italic}
.empty :lang(zh-Hans),.cut :lang(zh-Hans){font-style:normal}
footer{color:var(--soft);font-size:12.5px;padding-top:24px;padding-bottom:36px}
@media (max-width:720px){
header,main,footer{padding-left:14px;padding-right:14px}
.summary{grid-template-columns:minmax(0,1fr);padding:16px}
.tiles{justify-content:space-between;gap:12px}
.findings li{padding:14px}
.diagnosis dl,.links{padding-left:0}
.diagnosis dl>div{grid-template-columns:minmax(0,1fr);gap:0}
.topic h3{padding-left:14px}
.case>summary{grid-template-columns:20px minmax(0,1fr) auto 12px;padding:9px 14px}
.case>summary .title{grid-column:2/-1;grid-row:2;color:var(--soft)}
.inside{padding:4px 14px 16px}
.bodies.two{grid-template-columns:minmax(0,1fr)}
}
@media print{
:root{color-scheme:light!important}
body{background:#fff}
header,main,footer{max-width:none;padding-left:0;padding-right:0}
.switch,summary::after{display:none}
.summary,.findings li,.diagnosis,.exchange>summary{break-inside:avoid}
pre{max-height:none}
details::details-content{content-visibility:visible;height:auto}
.case.passed .inside{display:none}
.bar,.sign,.chip,mark,.protocol{print-color-adjust:exact}
}
`;
