"""The public site: for each site a log, its entries as pages and as data, their documents, and a feed."""
