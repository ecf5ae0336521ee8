import { Readable } from "node:stream";
import type { Logger } from "pino";
import type { MachineLog } from "../../core/actions/hosting/keep-machine-log.ts";
import { describeFault } from "../../core/db/fault.ts";
import { storeFile } from "../file-store.ts";
import type { UpdateLog } from "./update-log.ts";

/** What cannot be stored, such as on a full disk, hinders nobody from being told. @returns undefined: there is nothing to keep */
export async function storeLog({
  printed,
  filesFolder,
  log,
}: {
  printed: UpdateLog;
  filesFolder: string;
  log: Logger;
}): Promise<MachineLog | undefined> {
  const text = printed.text();
  if (text === "") return undefined;
  try {
    return await storeFile(Readable.from([text]), filesFolder);
  } catch (fault) {
    log.error({ fault: describeFault(fault) }, "storing what Pulumi printed failed");
    return undefined;
  }
}
