"""What the services share: plumbing (`chassis`), the published language (`contracts`) and the statute (`law`)."""
