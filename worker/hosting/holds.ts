/**
 * Names of what is held beside stacks, which are held by their own (`whileHolding`); no stack has a space in its name. What is done
 * on one target holds up nobody on another.
 */
export const holds = {
  /** giving a target's proxy its routes */
  routes: (target: string) => `routes of ${target}`,
  /** making the containers of a stack stand still, or go on; a stack has one target */
  containers: (stack: string) => `containers of ${stack}`,
  /** making an image of an archive */
  making: (target: string, sha256: string) => `making ${sha256} on ${target}`,
  /** fetching an image of a registry, which is taken off the target again where it is only saved */
  fetching: (target: string, reference: string) => `fetching ${reference} on ${target}`,
  /** trying a dump */
  trying: (target: string, sha256: string) => `trying ${sha256} on ${target}`,
};
