"""What somebody who wishes ill would try, on a server as it is served."""
