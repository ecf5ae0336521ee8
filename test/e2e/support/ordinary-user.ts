import { readFileSync } from "node:fs";

export type Account = { uid: number; gid: number };

const ordinaryUid = 1000;

/** The account of somebody who is not root, if the machine has it. */
export function findOrdinaryUser(): Account | undefined {
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [, , uid, gid] = line.split(":");
    if (uid === String(ordinaryUid)) return { uid: ordinaryUid, gid: Number(gid) };
  }
  return undefined;
}

export function ordinaryUser(): Account {
  const account = findOrdinaryUser();
  if (account === undefined) throw new Error(`there is no user with the id ${ordinaryUid}`);
  return account;
}
