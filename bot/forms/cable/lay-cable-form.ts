import { layCable } from "../../../core/actions/cable/lay-cable.ts";
import { listNodes } from "../../../core/db/cable/cable-nodes.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import { type Medium, media } from "../../../core/domain/cable/cable.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import { accept, refuse } from "../../../core/domain/outcome.ts";
import { parseTicketNumber } from "../../../core/domain/ticket/ticket.ts";
import { reply } from "../../conversation.ts";
import { mediumWords } from "../../replies/cable/cable-words.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";
import { chosen, deviceQuestion, portQuestion } from "./port-question.ts";

const medium: FieldWords = { label: "Jenis kabel", ask: "Kabel apa?", choices: mediumWords };
const ticket: FieldWords = {
  label: "Tiket",
  ask: "Untuk tiket mana? (contoh: T-0042). Bila tidak ada, tekan Lewati.",
};

/** The question about the device and the port of each end, in their order. */
const deviceOf = ["device", "other-device"] as const;
const portOf = ["port", "other-port"] as const;

/** Lays a cable. Its subject: `assetId` where it was begun from a device. What follows is the cable's page. */
export const layCableForm: Form = {
  name: "lay-cable",
  takesNoFiles: true,
  plan: async (db, { answers, personId }) => {
    const person = await findPerson(db, personId);
    if (person === undefined || !mayManageCables(person)) return undefined;
    const nodes = await listNodes(db);
    const [one, other] = [chosen(nodes, answers.device), chosen(nodes, answers["other-device"])];
    const isSame = one !== undefined && one.id === other?.id;
    const questions = [
      deviceQuestion(nodes, deviceOf[0], "Perangkat pertama", "Ujung pertama di perangkat mana?"),
      await portQuestion(db, one, { name: portOf[0], label: "Port pertama", asksAfter: deviceOf[0] }),
      deviceQuestion(nodes, deviceOf[1], "Perangkat kedua", "Ujung kedua di perangkat mana?"),
      await portQuestion(db, other, {
        ...{ name: portOf[1], label: "Port kedua", asksAfter: deviceOf[1] },
        ...(isSame ? { except: Number(answers.port) } : {}),
      }),
    ];
    const own = new Map<string, FieldWords>([
      ...questions.map(({ field, words }) => [field.name, words] as const),
      ["medium", medium],
      ["ticket", ticket],
    ]);
    return {
      title: "➕ Pasang kabel",
      fields: [
        ...questions.map(({ field }) => field),
        { name: "medium", kind: "choice", choices: media },
        { name: "ticket", kind: "line", maxLength: 20, optional: true },
      ],
      wordsFor: (field) => own.get(field) ?? { label: field, ask: field },
      hasReview: true,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, { answers }) => {
    const { tx, person, setting } = conversation;
    const end = (index: 0 | 1) => ({
      assetId: Number(answers[deviceOf[index]]),
      port: Number(answers[portOf[index]]),
    });
    const ticketId = answers.ticket === undefined ? null : parseTicketNumber(answers.ticket);
    if (ticketId === undefined) return refuse("cable-ticket-unreadable", { field: "ticket" });
    const laid = await layCable(tx, person, setting, {
      ends: [end(0), end(1)],
      medium: answers.medium as Medium,
      ticketId,
    });
    if (!laid.ok) return refuse(laid.refusal.code, { ...laid.refusal.values, ...fieldOf(laid.refusal) });
    await reply(conversation, { kind: "cable", cableId: laid.value });
    return accept(undefined);
  },
};

/** Where the answer is that was refused, so that it is asked again. */
function fieldOf({ code, values }: { code: string; values: Record<string, string | number> }): { field?: string } {
  if (code === "cable-ticket-unknown") return { field: "ticket" };
  const end = values.end === 0 || values.end === 1 ? values.end : undefined;
  if (end === undefined) return {};
  const isAboutPort = code.startsWith("cable-port-") || code === "cable-to-itself";
  return { field: isAboutPort ? portOf[end] : deviceOf[end] };
}
