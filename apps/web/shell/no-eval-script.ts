/**
 * Runs in the head: zod would try whether it may compile code, which our pages forbid; the browser reports each such try
 * as a breach of the content security policy.
 */
export const noEvalScript = `globalThis.__zod_globalConfig={jitless:true};`
