import { listStanding } from "../../../core/db/monitoring/target-lists.ts";
import type { Db } from "../../../core/db/tables.ts";
import { csvToCorrect } from "../../../core/domain/form/csv.ts";
import { mayManageTargets } from "../../../core/domain/monitoring/target-access.ts";
import { cellsOfTarget, targetColumns } from "../../../core/domain/monitoring/target-file.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html } from "../html.ts";

/** All that is watched, as a list that can be corrected and imported. */
export async function renderTargetExport(db: Db, viewer: Person): Promise<Rendered | undefined> {
  if (!mayManageTargets(viewer)) return undefined;
  const targets = [...(await listStanding(db)).values()];
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(csvToCorrect([[...targetColumns], ...targets.map(cellsOfTarget)])),
    name: "pemantauan.csv",
    caption:
      html`📤 ${targets.length} yang dipantau. Perbaiki di Excel, lalu kirim kembali lewat 📥 Impor CSV. Sel yang kosong tidak mengubah apa pun.`
        .markup,
  };
}
