/**
 * The version of user agreement and privacy policy that this build shows, by date: the newest that
 * the cloud knows (`CONSENT_VERSIONS` of contract/save-me; a test compares them).
 */
export const POLICY_VERSION = '2026-11-01'
