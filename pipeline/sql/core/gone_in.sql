-- What a batch replaces stood in the snapshot before, unless another batch of this ingest had told it.
insert into gone select * exclude (place, is_newer) from known anti join fresh_batch using (batch_no);
