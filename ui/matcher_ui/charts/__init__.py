"""Charts drawn by the program itself: a drawing of numbers, the widget that shows it, and the card around it."""
