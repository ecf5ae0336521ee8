/** A whole number that somebody gives in the environment; undefined: nobody does. */
export function numberIn(variable: string): number | undefined {
  const given = process.env[variable];
  if (given === undefined || given === "") return undefined;
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new Error(`${variable} must be a whole number, for example ${variable}=180`);
  }
  return number;
}
