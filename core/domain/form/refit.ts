import type { Answers, Field } from "./field.ts";

/**
 * What still fits of the answers after one of them was changed; what does not is asked anew: a choice that is no longer offered, what
 * depends on the changed answer, a day that comes before the one it follows.
 *
 * @param fields as they are with the changed answer
 */
export function refit(fields: readonly Field[], answers: Answers, changed: string): Answers {
  const isUnfit = (field: Field): boolean => {
    const answer = answers[field.name];
    if (answer === undefined || field.name === changed) return false;
    if (field.kind === "choice") return !field.choices.includes(answer) || field.dependsOn?.includes(changed) === true;
    if (field.kind !== "coming-day" || field.notBefore !== changed) return false;
    return answer < (answers[changed] ?? "");
  };
  const unfit = new Set(fields.filter(isUnfit).map(({ name }) => name));
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !unfit.has(name)));
}
