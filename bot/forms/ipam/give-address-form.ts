import { assignAddress, reserveAddress } from "../../../core/actions/ipam/give-address.ts";
import { findFirstFree } from "../../../core/db/ipam/address-ranges.ts";
import { findPrefix, type StoredPrefix } from "../../../core/db/ipam/prefixes.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import { showAddress } from "../../../core/domain/ipam/address.ts";
import { groundsFields, reservedUntil } from "../../../core/domain/ipam/grounds.ts";
import { exampleOf } from "../../../core/domain/ipam/ipam-rules.ts";
import { showPrefix } from "../../../core/domain/ipam/prefix.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";
import { officeQuestion } from "../people/office-question.ts";
import { groundsWords } from "./grounds-words.ts";

const words: Record<string, FieldWords> = {
  ...groundsWords,
  until: {
    label: "Dipesan sampai",
    ask: "Dipesan sampai hari apa? Hari itu masih termasuk; sesudahnya alamat bebas lagi (contoh: 30-11-2026).",
  },
};

/** Gives or reserves an address of a prefix. Its subject: `prefixId`, `as`. What follows is the address's page. */
export const giveAddressForm: Form = {
  name: "give-address",
  takesNoFiles: true,
  plan: async (db, { subject, answers }) => {
    const prefix = await findPrefix(db, Number(subject.prefixId));
    if (prefix === undefined || prefix.isRemoved) return undefined;
    const office = await officeQuestion(db, "Untuk perangkat daerah mana?");
    const own: Record<string, FieldWords> = {
      ...words,
      which: await whichWords(db, prefix),
      address: { label: "Alamat", ask: `Alamat yang mana dari ${showPrefix(prefix)}? (contoh: ${exampleOf(prefix)})` },
      office: office.words,
    };
    const isReserved = subject.as === "reserved";
    const wished: Field[] = answers.which === "wished" ? [{ name: "address", kind: "ip-address", within: prefix }] : [];
    const which: Field = { name: "which", kind: "choice", choices: ["next", "wished"] };
    return {
      title: `${isReserved ? "🔖 Pesan alamat" : "➕ Berikan alamat"} dari ${showPrefix(prefix)}`,
      fields: [which, ...wished, office.field, ...groundsFields, ...(isReserved ? [reservedUntil] : [])],
      wordsFor: (field) => own[field] ?? { label: field, ask: field },
      hasReview: true,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { which, address = "", office = "", ...answers } = draft.answers;
    const { id: officeId } = await findOfficeByCode(tx, office);
    const prefixId = Number(draft.subject.prefixId);
    const give = draft.subject.as === "reserved" ? reserveAddress : assignAddress;
    const wish = which === "wished" ? address : null;
    const given = await give(tx, person, setting, { prefixId, officeId, address: wish, answers });
    if (!given.ok) return given;
    const zoneId = (await findPrefix(tx, prefixId))?.zoneId ?? 0;
    await reply(conversation, { kind: "address", zoneId, address: given.value.address, page: 0 });
    return accept(undefined);
  },
};

/** The next one may be another when it is given: somebody may be quicker. */
async function whichWords(db: Db, prefix: StoredPrefix): Promise<FieldWords> {
  const free = await findFirstFree(db, prefix.id);
  const next = free === undefined ? "" : ` (${showAddress({ family: free.family, number: free.first })})`;
  return {
    label: "Alamat",
    ask: "Alamat yang mana?",
    choices: { next: `⏭ Bebas berikutnya${next}`, wished: "✍️ Alamat tertentu" },
  };
}
