import type { Field } from "../../core/domain/form/field.ts";
import { matchesOf } from "../../core/domain/form/matching.ts";
import type { Refusal } from "../../core/domain/outcome.ts";
import type { FormPlan } from "./form.ts";

/** Of the choices what was typed may mean: several only where a part of the words is enough. */
export function choicesMeant(plan: FormPlan, field: Field, entered: string): string[] {
  const labels = plan.wordsFor(field.name).choices ?? {};
  if (field.kind === "person") return Object.hasOwn(labels, entered) ? [] : matchesOf(entered, labels);
  if (field.kind !== "choice" || field.choices.includes(entered)) return [];
  if (field.findsByPart) return matchesOf(entered, labels);
  const typed = entered.trim().toLowerCase();
  return Object.keys(labels).filter((name) =>
    [name, labels[name] ?? name].some((each) => each.toLowerCase() === typed),
  );
}

/** Where nothing matches, one of what can be chosen here, if anything can; the first may be a choice of none. */
export function withExample({ code, values }: Refusal, plan: FormPlan, field: Field): Refusal {
  const { choices = {} } = plan.wordsFor(field.name);
  const example = Object.values(choices)
    .at(-1)
    ?.replace(/^\P{L}+/u, "");
  return { code, values: code === "nothing-matches" && example ? { ...values, example } : values };
}
