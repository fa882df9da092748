"""Who a request wants, as criteria: ``criteria.criteria_of`` is the way in.

``strengths`` cuts out the stretches that say who is wanted, wished for or ruled out. ``fields`` reads what each
says on the fields of the schema, ``beyond_fields`` the words that are left, ``implied`` what is said elsewhere.
"""
