import { OperatorFault } from "../core/domain/operator-fault.ts";

/** A procedure does not begin, or does not go on, for a reason that the operator can mend; the text says how. */
export class Refused extends OperatorFault {
  override name = "Refused";
}
