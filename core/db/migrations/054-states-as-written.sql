-- When a machine of ours last carried a stack's plan to its end: what somebody else's Pulumi wrote since can be put back.
alter table stack add column as_approved_at timestamptz;
update stack set as_approved_at = state_hash_at;

-- How Pulumi's state was left is now known by the hash of what lies there. Former hashes are of another kind: the next look takes each state
-- for ours once, as that of a stack that was never known.
update stack set state_hash = null, state_hash_at = null;
