/** Runs the demo seller alone: `--port --access-key --marketplace --ak --sk`, each also from the environment. */
import { parseArgs } from 'node:util';
import { startDemoSeller } from './start.ts';

const USAGE = `usage: main.ts --access-key KEY --marketplace URL --ak AK --sk SK
         [--access-key-v1 KEY] [--port 8090] [--host 127.0.0.1] [--public-url URL] [--data FILE] [--control] [--development] [--allow-http]
environment instead of options: PORT, ACCESS_KEY, ACCESS_KEY_V1, MARKETPLACE, AK, SK, PUBLIC_URL, DATA_FILE`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

function optionsFrom(args: string[], env: NodeJS.ProcessEnv) {
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      host: text,
      'access-key': text,
      'access-key-v1': text,
      marketplace: text,
      ak: text,
      sk: text,
      'public-url': text,
      data: text,
      'allow-http': flag,
      control: flag,
      development: flag,
    },
  });
  const need = (name: string, value: string | undefined) => {
    if (value) return value;
    throw new Error(`--${name} is missing`);
  };
  const port = Number(values.port ?? env.PORT ?? 8090);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port: expected a number from 0 to 65535');
  const publicUrl = values['public-url'] ?? env.PUBLIC_URL;
  const dataFile = values.data ?? env.DATA_FILE;
  const accessKeyV1 = values['access-key-v1'] ?? env.ACCESS_KEY_V1;
  return {
    port,
    accessKey: need('access-key', values['access-key'] ?? env.ACCESS_KEY),
    openApi: {
      baseUrl: need('marketplace', values.marketplace ?? env.MARKETPLACE),
      ak: need('ak', values.ak ?? env.AK),
      sk: need('sk', values.sk ?? env.SK),
      allowHttp: values['allow-http'],
    },
    control: values.control,
    mode: values.development ? ('development' as const) : ('production' as const),
    ...(values.host ? { host: values.host } : {}),
    ...(accessKeyV1 ? { accessKeyV1 } : {}),
    ...(publicUrl ? { publicUrl } : {}),
    ...(dataFile ? { dataFile } : {}),
  };
}

try {
  const demo = await startDemoSeller(optionsFrom(process.argv.slice(2), process.env));
  console.log(`Acme Workspace: ${demo.url}\nproduction interface: ${demo.productionUrl}`);
  const stop = () => void demo.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.error(USAGE);
  process.exitCode = 2;
}
