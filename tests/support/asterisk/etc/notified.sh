echo "$1 $2" >> @RUN@/spool/notified
