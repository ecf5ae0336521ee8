/** Something does not begin, or does not go on, for a reason that the operator can mend; the text says how, in sentences. */
export class OperatorFault extends Error {}

/** For the terminal: what the operator can mend is its text, as is what the system says of a file; anything else is a defect, with its stack. */
export function explainFault(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const isOfFile = "syscall" in fault && "path" in fault;
  return fault instanceof OperatorFault || isOfFile ? fault.message : (fault.stack ?? fault.message);
}
