import type { Field } from "../../core/domain/form/field.ts";
import type { FieldWords } from "../replies/procedure-words.ts";

/** Key and label of what a register offers to a question. */
export type Offer = Record<string, string>;

/** What a register offers is a choice. */
export function withOffers(fields: readonly Field[], offers: Record<string, Offer>): Field[] {
  return fields.map((field) => {
    if (field.kind !== "register") return field;
    const { kind: _kind, register: _register, ...rest } = field;
    return { ...rest, kind: "choice", choices: Object.keys(offers[field.name] ?? {}), findsByPart: true };
  });
}

export function offeringWords(own: FieldWords, choices: Offer): FieldWords {
  const isEmpty = Object.keys(choices).length === 0;
  return { ...own, choices, ...(isEmpty && own.askWithoutOffer !== undefined ? { ask: own.askWithoutOffer } : {}) };
}
