import { type Finding, ok, warn } from "./finding.ts";

/** Root works, but a mistake of a program that runs as root is a mistake on the whole machine. */
export function judgeAccount(account: { isRoot: boolean; hasToken: boolean }): Finding {
  if (!account.isRoot) return ok("account", "not root");
  if (!account.hasToken) return ok("account", "root, in the playground");
  return warn(
    "account",
    "root runs Simpul with a bot's token",
    "run it as a user of its own: docs/operations/simpul.service, User=simpul",
  );
}
