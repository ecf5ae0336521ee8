/** Of "unless-stopped" an engine that was ended by force takes its containers for stopped by somebody. */
export const restartPolicy = "always";
