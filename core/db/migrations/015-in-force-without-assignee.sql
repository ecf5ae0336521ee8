-- What is in force is worked on by nobody: somebody who had taken it would stand in the way of who ends it.
update ticket set assignee_id = null where procedure = 'exception' and state = 'in-force';
