import { findRevision } from "../../../core/db/hosting/application-revisions.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findAttachment } from "../../../core/db/ticket/attachments.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Application, Revision, StackPlan } from "../../../core/domain/hosting/application.ts";
import type { HostingRules } from "../../../core/domain/hosting/hosting-rules.ts";
import { keptDaysOf } from "../../../core/domain/hosting/render-stack.ts";
import { type Html, html } from "../html.ts";

const longestFile = 60;

/** What its words hang on beside the change itself: what a plan binds, else what the profile says now. */
type Bound = { hosting: HostingRules | undefined; plan: StackPlan | undefined };

/** What a change is about, also where no container is touched: "✏️ Nama: a.labura.go.id → b.labura.go.id". */
export async function changeLine(
  db: Db,
  { standingId, revision }: Application,
  bound: Bound,
): Promise<Html | undefined> {
  // Once it is built it stands itself.
  const isOver = standingId === null || standingId === revision.id;
  const standing = isOver ? undefined : await findRevision(db, standingId);
  if (standing === undefined) return undefined;
  return html`✏️ ${await wordsFor(db, revision, standing, bound)}`;
}

async function wordsFor(
  db: Db,
  { change, size, domainName, attachmentId }: Revision,
  standing: Revision,
  { hosting, plan }: Bound,
): Promise<string> {
  switch (change) {
    case "version":
    case "roll-back": {
      const file = shorten((await findAttachment(db, attachmentId))?.name ?? "berkas tanpa nama", longestFile);
      return change === "version" ? `Versi baru: ${file}` : `Kembali ke versi dari ${file}`;
    }
    case "size":
      return `Ukuran: ${titleOfSize(standing.size, hosting)} → ${titleOfSize(size, hosting)}`;
    case "name":
      return `Nama: ${standing.domainName} → ${domainName}; kontainernya tidak disentuh`;
    case "stop":
      return "Dihentikan: tidak dapat dibuka lagi; data, alamat, dan nama tetap";
    case "start":
      return "Dijalankan lagi seperti terakhir dibangun";
    case "delete":
      return `Dihapus: data, alamat, dan nama disimpan ${(plan && keptDaysOf(plan.input)) ?? hosting?.keepDeletedDays ?? 0} hari`;
    case "purge":
      return "Semua data dimusnahkan dan tidak dapat dikembalikan";
    case "access":
      return "Akses vendor: aplikasinya sendiri tidak disentuh";
    case "new":
      return "Aplikasi baru";
  }
}

function titleOfSize(size: string, hosting: HostingRules | undefined): string {
  return hosting?.sizes.find(({ name }) => name === size)?.title ?? size;
}
