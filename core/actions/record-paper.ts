import { lockPaper, updatePaper } from "../db/papers.ts";
import type { Tx } from "../db/tables.ts";
import { recordPrintedLabels } from "./cable/print-cable-labels.ts";
import { tell } from "./notices.ts";
import type { Setting } from "./setting.ts";

/** A paper was made and lies in the file store, or cannot be made (`null`): who asked for it gets it, or a word. Safe to record twice. */
export async function recordPaper(
  tx: Tx,
  setting: Setting,
  input: { paperId: number; sha256: string | null },
): Promise<void> {
  const paper = await lockPaper(tx, input.paperId);
  if (paper === undefined || paper.state !== "waiting") return;
  await updatePaper(tx, paper.id, { state: input.sha256 === null ? "failed" : "stored", sha256: input.sha256 });
  if (paper.kind === "cable-labels" && input.sha256 !== null) await recordPrintedLabels(tx, setting, paper);
  await tell(tx, [paper.personId], { kind: "paper", paperId: paper.id }, setting);
}
