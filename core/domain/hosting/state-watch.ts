/** What is known of Pulumi's state of a stack. */
export type KnownState = {
  /** of the state when a machine of ours wrote it last; null: never */
  stateHash: string | null;
  stateHashAt: Date | null;
  /** A machine of ours began to write it, and has not said how it left it. */
  writingSince: Date | null;
};

/**
 * Whose the present state is. What a machine of ours left when it was ended in the middle cannot be told from another's: it is
 * not called foreign, since Pulumi's lock, which such a machine leaves behind, kept everybody else out.
 */
export function judgeState({ stateHash, writingSince }: KnownState, present: string): "ours" | "foreign" | "not-known" {
  if (writingSince !== null || stateHash === null) return "not-known";
  return stateHash === present ? "ours" : "foreign";
}
