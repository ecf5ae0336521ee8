import * as docker from "@pulumi/docker";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { HostInput } from "../stack-input.ts";

/** Where a stack is built; every resource of it is given these options. */
export function openHost({ endpoint, certificates }: HostInput): CustomResourceOptions {
  const provider = new docker.Provider("host", {
    host: endpoint,
    ...(certificates === undefined ? {} : { certPath: certificates }),
    // A host whose key is not known is refused, and a question of ssh would wait for ever.
    sshOpts: endpoint.startsWith("ssh:") ? ["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes"] : [],
  });
  return { provider };
}
