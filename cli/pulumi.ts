import { spawnSync } from "node:child_process";
import { environmentOrExit } from "../config/environment-or-exit.ts";
import { preparePulumiState } from "../core/db/hosting/pulumi-state.ts";
import { DatabaseStopped, reachDatabase } from "../core/db/postgres/reach-database.ts";
import { explainFault, OperatorFault } from "../core/domain/operator-fault.ts";
import { preparePassphrase } from "../infra/stacks/passphrase.ts";
import { preparePulumi } from "../infra/stacks/tool.ts";

/** `npm run pulumi -- ARGS`: Pulumi over this installation, with the same Node, state and passphrase as Simpul's own. */
try {
  process.exitCode = await runPulumi(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`${explainFault(fault)}\n`);
  process.exitCode = 1;
}

async function runPulumi(args: string[]): Promise<number> {
  const environment = environmentOrExit();
  const { home, pulumi } = environment;
  const state =
    pulumi.backendUrl === undefined
      ? await reachState(environment)
      : { backendUrl: pulumi.backendUrl, password: undefined };
  const passphraseFile = await preparePassphrase(home, pulumi.passphraseFile);
  const { program, env, project } = await preparePulumi({ home, passphraseFile, ...state });
  const { status, error } = spawnSync(program, args, { env, cwd: project, stdio: "inherit" });
  if (error) throw new OperatorFault(`Pulumi cannot be started (${program}): ${error.message}.`);
  return status ?? 1;
}

async function reachState(environment: { home: string; databaseUrl: string | undefined }) {
  try {
    await using database = await reachDatabase({ ...environment, mayStart: false });
    return await preparePulumiState(database.config);
  } catch (fault) {
    if (!(fault instanceof DatabaseStopped)) throw fault;
    throw new OperatorFault(
      `${fault.message} What is built stands in it: start Simpul (npm start), then run this again.`,
    );
  }
}
