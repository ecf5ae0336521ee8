import { decideIsolation, isolateApplication } from "../../../core/actions/hosting/isolate-application.ts";
import { findApplication } from "../../../core/db/hosting/applications.ts";
import { findIsolation } from "../../../core/db/hosting/isolations.ts";
import type { Db } from "../../../core/db/tables.ts";
import { type IsolationDecision, isolationDecisions, isolationReason } from "../../../core/domain/hosting/isolation.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { type Conversation, reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";

/** What an office sees most; tapped, it is sent at once. */
const usualReasons = ["Halaman depan diubah orang lain", "Menyebarkan berkas berbahaya", "Diminta BSSN/CSIRT"];

const consequence =
  "nama aplikasi ini menampilkan halaman 'dihentikan sementara', kontainernya dibekukan, buktinya disimpan, dan pimpinan membaca alasan ini.";

/**
 * Takes an application off the net. Its subject: `applicationId`. A reason that is tapped confirms it: there is no time for more.
 * One that is typed is looked at once more: a message that was meant for something else isolates nothing.
 */
export const isolationForm: Form = {
  name: "isolation",
  takesNoFiles: true,
  plan: async (db, { subject, answers }) => {
    const application = await findApplication(db, Number(subject.applicationId));
    if (application === undefined) return undefined;
    const isTyped = answers.reason !== undefined && !usualReasons.includes(answers.reason);
    return {
      title: `⛔️ Isolasi ${application.stack}`,
      fields: [isolationReason],
      wordsFor: () => ({
        label: "Alasan",
        ask: `Mengapa diisolasi? Tekan salah satu: ${consequence} Atau tulis sendiri, lalu tekan Kirim.`,
      }),
      hasReview: isTyped,
      consequence: `Begitu dikirim, ${consequence}`,
      suggestions: async () => usualReasons,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const applicationId = Number(draft.subject.applicationId);
    const done = await isolateApplication(tx, person, setting, { applicationId, answers: draft.answers });
    if (!done.ok) return done;
    await showWatch(conversation, applicationId);
    return accept(undefined);
  },
};

const decisionWords: Record<IsolationDecision, { title: string; ask: string }> = {
  confirmed: {
    title: "✅ Benarkan isolasi",
    ask: "Apa alasan atau pesan Anda? Petugas membacanya. Contoh: tetap diisolasi sampai celahnya ditutup.",
  },
  lifted: {
    title: "▶️ Cabut isolasi",
    ask: "Mengapa dicabut? Petugas membacanya. Contoh: celahnya sudah ditutup dan diperiksa.",
  },
};

/** What leadership says afterwards. Its subject: `isolationId`, `decision`. */
export const isolationDecisionForm: Form = {
  name: "isolation-decision",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const decision = decisionOf(subject.decision);
    const application = await applicationOf(db, Number(subject.isolationId));
    if (decision === undefined || application === undefined) return undefined;
    const { title, ask } = decisionWords[decision];
    return {
      title: `${title} ${application.stack}`,
      fields: [isolationReason],
      wordsFor: () => ({ label: "Alasan", ask }),
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const isolationId = Number(draft.subject.isolationId);
    const decision = decisionOf(draft.subject.decision) ?? "confirmed";
    const done = await decideIsolation(tx, person, setting, { isolationId, decision, answers: draft.answers });
    if (!done.ok) return done;
    const application = await applicationOf(tx, isolationId);
    if (application !== undefined) await showWatch(conversation, application.id);
    return accept(undefined);
  },
};

function decisionOf(text: unknown): IsolationDecision | undefined {
  return isolationDecisions.find((decision) => decision === text);
}

async function applicationOf(db: Db, isolationId: number) {
  const isolation = await findIsolation(db, isolationId);
  return isolation && findApplication(db, isolation.applicationId);
}

async function showWatch(conversation: Conversation, applicationId: number): Promise<void> {
  const application = await findApplication(conversation.tx, applicationId);
  if (application !== undefined) await reply(conversation, { kind: "watch", stack: application.stack });
}
