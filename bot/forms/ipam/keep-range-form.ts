import { keepRangeFree } from "../../../core/actions/ipam/keep-range-free.ts";
import { findPrefix } from "../../../core/db/ipam/prefixes.ts";
import { showAddress } from "../../../core/domain/ipam/address.ts";
import { keptRangeFields } from "../../../core/domain/ipam/grounds.ts";
import { showPrefix, usableOf } from "../../../core/domain/ipam/prefix.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";

/** Keeps a range of a prefix free. Its subject: `prefixId`. What follows is the prefix's page. */
export const keepRangeForm: Form = {
  name: "keep-range-free",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const prefix = await findPrefix(db, Number(subject.prefixId));
    if (prefix === undefined || prefix.isRemoved) return undefined;
    const first = showAddress({ family: prefix.family, number: usableOf(prefix).first });
    const range = {
      label: "Rentang",
      ask: `Rentang mana yang tidak boleh diberikan, dari alamat pertama sampai terakhir? (contoh: 10.10.5.10-10.10.5.50). Prefix ini mulai dari ${first}.`,
    };
    const name = { label: "Untuk", ask: "Disisihkan untuk apa? (contoh: DHCP)" };
    return {
      title: `🟣 Sisihkan rentang dari ${showPrefix(prefix)}`,
      fields: keptRangeFields,
      wordsFor: (field) => (field === "range" ? range : name),
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const prefixId = Number(draft.subject.prefixId);
    const kept = await keepRangeFree(tx, person, setting, { prefixId, answers: draft.answers });
    if (!kept.ok) return kept;
    await reply(conversation, { kind: "prefix", prefixId, page: 0 });
    return accept(undefined);
  },
};
