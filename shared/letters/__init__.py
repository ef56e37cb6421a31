"""The letters that go to a requester: written from data as HTML, text, PDF and Word, and read and linted again."""
