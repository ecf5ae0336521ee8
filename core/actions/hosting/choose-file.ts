import { listFilesOfKind } from "../../db/hosting/machine-checks.ts";
import type { Tx } from "../../db/tables.ts";
import type { HostingRuntime } from "../../domain/hosting/hosting-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";

/** The one file of a ticket that the image of that runtime is, or is made of. @returns the id of the attachment */
export async function chooseFile(
  tx: Tx,
  ticketId: number,
  { made }: Pick<HostingRuntime, "made">,
): Promise<Outcome<number>> {
  const files = await listFilesOfKind(tx, ticketId, made === undefined ? "image" : "archive");
  const [attachmentId] = files;
  if (attachmentId !== undefined && files.length === 1) return accept(attachmentId);
  return refuse(made === undefined ? "one-image-needed" : "one-archive-needed", { count: files.length });
}
