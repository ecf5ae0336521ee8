import { decideAnnouncement } from "../../../core/actions/announcement/decide-announcement.ts";
import { withdrawAnnouncement } from "../../../core/actions/announcement/withdraw-announcement.ts";
import { findAnnouncement } from "../../../core/db/announcement/announcements.ts";
import type { Draft } from "../../../core/db/ticket/drafts.ts";
import { announcementReason } from "../../../core/domain/announcement/announcement.ts";
import { accept, type Outcome } from "../../../core/domain/outcome.ts";
import { type Conversation, reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";

/** Why it is not approved. Its subject: `announcementId`, `version`. */
export const announcementRejectionForm = reasonForm({
  name: "announcement-rejection",
  title: "🚫 Tolak pengumuman",
  ask: "Mengapa ditolak, dan apa yang perlu diubah? Penulisnya membaca alasan ini. Contoh: tulis kantor mana yang terdampak.",
  act: ({ tx, person, setting }, { subject, answers }) =>
    decideAnnouncement(tx, person, setting, {
      ...{ announcementId: Number(subject.announcementId), version: Number(subject.version) },
      ...{ decision: "rejected", answers },
    }),
});

/** Why it no longer holds. Its subject: `announcementId`. */
export const withdrawalForm = reasonForm({
  name: "announcement-withdrawal",
  title: "🗑 Tarik pengumuman",
  ask: "Mengapa ditarik? Semua penerima membaca alasan ini. Contoh: jadwalnya berubah, pengumuman baru menyusul.",
  act: ({ tx, person, setting }, { subject, answers }) =>
    withdrawAnnouncement(tx, person, setting, { announcementId: Number(subject.announcementId), answers }),
});

function reasonForm(parts: {
  name: string;
  title: string;
  ask: string;
  act: (conversation: Conversation, draft: Draft) => Promise<Outcome>;
}): Form {
  return {
    name: parts.name,
    takesNoFiles: true,
    plan: async (db, draft) => {
      if ((await findAnnouncement(db, Number(draft.subject.announcementId))) === undefined) return undefined;
      return {
        title: parts.title,
        fields: [announcementReason],
        wordsFor: () => ({ label: "Alasan", ask: parts.ask }),
        hasReview: false,
        suggestions: noSuggestions,
      };
    },
    submit: async (conversation, draft) => {
      const done = await parts.act(conversation, draft);
      if (!done.ok) return done;
      await reply(conversation, { kind: "announcement-page", announcementId: Number(draft.subject.announcementId) });
      return accept(undefined);
    },
  };
}
