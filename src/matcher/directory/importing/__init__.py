"""Import: from the sheets of a file to members, by way of a plan that she looks at first.

``sheets`` picks the sheet, ``columns`` says what each column means, ``rows`` what each row says, ``permissions``
what it allows; ``planner`` says whose each row is; ``plan_import`` is the dry run, ``import_members`` the import.
"""
