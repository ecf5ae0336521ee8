import { pointName } from "../../../core/actions/names/point-name.ts";
import { findName } from "../../../core/db/names/names.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";
import { targetQuestions, zoneOfKey } from "../monitoring/target-questions.ts";

/** Lets a name lead elsewhere. Its subject: `nameId`. What follows is the name's page. */
export const pointNameForm: Form = {
  name: "point-name",
  takesNoFiles: true,
  plan: async (db, { subject, answers }, office) => {
    const name = await findName(db, Number(subject.nameId));
    if (name === undefined || name.state === "quarantined") return undefined;
    const { domain } = office.names;
    const { fields, words } = await targetQuestions(db, answers, { domain, mayWait: false });
    const present = name.aliasOf ?? name.addresses.map(({ address }) => address).join(", ");
    return {
      title: `🎯 Ubah tujuan ${name.name}`,
      fields,
      wordsFor: (field) => words[field] ?? { label: field, ask: field },
      hasReview: true,
      ...(present === "" ? {} : { present: { target: present } }),
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const nameId = Number(draft.subject.nameId);
    const { zone, ...answers } = draft.answers;
    const name = await findName(tx, nameId);
    const pointed = await pointName(tx, person, setting, { nameId, zoneId: zoneOfKey(zone), answers });
    if (!pointed.ok) return pointed;
    await reply(conversation, { kind: "name", name: name?.name ?? "", page: 0 });
    return accept(undefined);
  },
};
