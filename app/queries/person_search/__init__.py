"""Find a person by what the caller says: birth date, names, telephone, file number."""

from app.domain.names_sought import PersonQuestion
from app.queries.person_search.found import FoundPerson, FoundPersons, Match, Trait
from app.queries.person_search.search import search_persons
from app.queries.person_search.statements import STATEMENTS

__all__ = [
    "STATEMENTS",
    "FoundPerson",
    "FoundPersons",
    "Match",
    "PersonQuestion",
    "Trait",
    "search_persons",
]
