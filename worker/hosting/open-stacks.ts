import type pg from "pg";
import { preparePulumiState } from "../../core/db/hosting/pulumi-state.ts";
import { openStacks, type StackContext } from "../../infra/stacks/context.ts";
import { preparePassphrase } from "../../infra/stacks/passphrase.ts";

/** Pulumi over this installation, as `npm run pulumi` has it. @param owner of the database, in which the state is kept */
export async function openStacksOf(
  owner: pg.ClientConfig,
  {
    home,
    backendUrl,
    passphraseFile,
  }: { home: string; backendUrl: string | undefined; passphraseFile: string | undefined },
): Promise<StackContext> {
  const state = backendUrl === undefined ? await preparePulumiState(owner) : { backendUrl };
  return openStacks({ home, ...state, passphraseFile: await preparePassphrase(home, passphraseFile) });
}
