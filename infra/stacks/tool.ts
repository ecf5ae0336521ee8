import { constants } from "node:fs";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";

/** The folder of `package.json` and `Pulumi.yaml`. */
const checkout = resolve(import.meta.dirname, "../..");

export type PulumiSettings = {
  /** SIMPUL_HOME, absolute */
  home: string;
  /** of the state: PULUMI_BACKEND_URL */
  backendUrl: string;
  /** of the state's database, where the URL does not say it */
  password?: string | undefined;
  passphraseFile: string;
};

export type PulumiTool = {
  program: string;
  env: NodeJS.ProcessEnv;
  /** from where it runs: its project, whose settings of stacks are not written into the checkout */
  project: string;
};

/** For each Go program of Pulumi, and for the program that it runs; what they take together is watched. */
const goMemory = "384MiB";
const nodeMemoryMb = 512;

/** What is needed to run Pulumi over an installation, by us or by hand. */
export async function preparePulumi({
  home,
  backendUrl,
  password,
  passphraseFile,
}: PulumiSettings): Promise<PulumiTool> {
  const folder = join(home, "pulumi");
  const project = join(folder, "project");
  await mkdir(project, { recursive: true, mode: 0o700 });
  await writeFile(join(project, "Pulumi.yaml"), await projectFile());
  const { PATH = "", ...others } = process.env;
  return {
    program: await findPulumi(PATH),
    project,
    env: {
      ...withoutPulumiSettings(others),
      // The program needs the Node that we run on: one of the system may not be able to.
      PATH: [dirname(process.execPath), ...pathWithoutPackages(PATH)].join(delimiter),
      SIMPUL_HOME: home,
      PULUMI_HOME: folder,
      PULUMI_BACKEND_URL: backendUrl,
      ...(password === undefined ? {} : { PGPASSWORD: password }),
      PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile,
      PULUMI_SKIP_UPDATE_CHECK: "1",
      GOMEMLIMIT: goMemory,
      NODE_OPTIONS: `--max-old-space-size=${nodeMemoryMb}`,
    },
  };
}

/** That of the checkout, over there. */
async function projectFile(): Promise<string> {
  const text = await readFile(join(checkout, "Pulumi.yaml"), "utf8");
  return text.replace(/^main: .*$/m, `main: ${JSON.stringify(join(checkout, "infra/index.ts"))}`);
}

/** The one on PATH outside of our packages, else the one that the package brings. */
export async function findPulumi(path: string): Promise<string> {
  for (const folder of pathWithoutPackages(path)) {
    const program = join(folder, "pulumi");
    if (await isExecutable(program)) return program;
  }
  return ownPulumi;
}

const ownPulumi = join(checkout, "node_modules/.bin/pulumi");

/** The one of the package, which is downloaded at its first use. */
export function isOwnPulumi(program: string): boolean {
  return program === ownPulumi;
}

function pathWithoutPackages(path: string): string[] {
  return path.split(delimiter).filter((folder) => folder !== "" && !folder.endsWith("node_modules/.bin"));
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Whatever the shell of whoever started us says of another installation. */
function withoutPulumiSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("PULUMI_")));
}
