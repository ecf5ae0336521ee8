import { getPerson } from "../../../core/db/people/people.ts";
import { findKindActed } from "../../../core/db/people/substitutions.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findActing } from "../../../core/db/ticket/approvals.ts";
import { readFreeze } from "../../../core/db/ticket/freeze.ts";
import type {
  Announcement,
  AnnouncementDecision,
  AnnouncementVersion,
} from "../../../core/domain/announcement/announcement.ts";
import { refusalOfApproving } from "../../../core/domain/announcement/announcement-rules.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button } from "../../rendered.ts";
import { type Html, html } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { titleOf } from "../people/substitutions.ts";

const longestName = 60;
const longestReasonShown = 150;

/** What the viewer can decide now on that version: a button each, and why one of them is missing. */
export async function decidingPart(
  db: Db,
  viewer: Person,
  announcement: Announcement,
  asked: AnnouncementVersion,
  { decided, now, isOnPage }: { decided: AnnouncementDecision | undefined; now: Date; isOnPage: boolean },
): Promise<{ buttons: Button[][]; hint: Html | undefined }> {
  const { version } = asked;
  const acting = await findActing(db, "leadership", viewer.id);
  const facts = { version, decided, acting, now };
  const rejecting = refusalOfApproving(viewer, announcement, asked, { ...facts, decision: "rejected" });
  const freeze = await readFreeze(db);
  const approving = refusalOfApproving(viewer, announcement, asked, { ...facts, decision: "approved", freeze });
  const about = { announcementId: announcement.id, version };
  const place = { ...about, ...(isOnPage ? { isOnPage } : {}) };
  const buttons: Button[] = [
    ...(approving.ok ? [{ label: "✅ Setujui", press: { do: "ask-approving-announcement", ...place } } as const] : []),
    ...(rejecting.ok
      ? [
          {
            label: "🚫 Tolak dengan alasan",
            press: { do: "decide-announcement", ...place, decision: "rejected" },
          } as const,
        ]
      : []),
  ];
  const isHinted = rejecting.ok && !approving.ok;
  return { buttons: [buttons], hint: isHinted ? hintOf(approving.refusal.code) : undefined };
}

/** A message in the chat is not made anew when the freeze is lifted; the page is. */
function hintOf(code: string): Html {
  return code === "announcement-over"
    ? html`⌛ Hari terakhirnya sudah lewat, jadi hanya dapat ditolak.`
    : html`🧊 Persetujuan sedang dibekukan, jadi hanya dapat ditolak. Setelah dicabut, buka lagi lewat /pengumuman.`;
}

/** "✅ Disetujui Plh. GCIO/Kepala Dinas Hasan Marpaung, 24 Nov 2026 10.00 WIB." */
export async function decisionLine(db: Db, decision: AnnouncementDecision, office: OfficeWords): Promise<Html> {
  const { decidedBy, decidedAt } = decision;
  const name = shorten((await getPerson(db, decidedBy)).name, longestName);
  const kind = await findKindActed(db, { personId: decidedBy, role: "leadership", at: decidedAt });
  const by = kind === undefined ? name : `${titleOf("leadership", kind, office)} ${name}`;
  const at = showTime(decidedAt, office);
  if (decision.decision === "approved") return html`✅ Disetujui ${by}, ${at}.`;
  const reason = decision.reason === null ? "" : ` Alasan: ${shorten(decision.reason, longestReasonShown)}`;
  return html`🚫 Ditolak ${by}, ${at}.${reason}`;
}
