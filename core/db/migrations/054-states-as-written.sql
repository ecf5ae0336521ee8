-- How Pulumi's state was left is now known by the hash of what lies there. Former hashes are of another kind: the next look takes each state
-- for ours once, as that of a stack that was never known.
update stack set state_hash = null, state_hash_at = null;
