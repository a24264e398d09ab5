"""栄養価 of meals."""

import strawberry

from adapters import records


@strawberry.type(description="栄養価 of one dish, one day or a span of days.")
class Nutrition:
    """Energy, nutrients and the points of the three food groups."""

    energy: float = strawberry.field(description="エネルギー, kcal.")
    protein: float = strawberry.field(description="たんぱく質, g.")
    fat: float = strawberry.field(description="脂質, g.")
    carbohydrate: float = strawberry.field(description="炭水化物, g.")
    salt: float = strawberry.field(description="食塩相当量, g.")
    red: float = strawberry.field(description="赤の点数 (三色食品群), 1点 = 80 kcal.")
    green: float = strawberry.field(description="緑の点数, 1点 = 80 kcal.")
    yellow: float = strawberry.field(description="黄の点数, 1点 = 80 kcal.")

    @classmethod
    def of(cls, record: records.Nutrition) -> "Nutrition":
        """From the domain's decimals; one place after the point is all the POS gives."""
        return cls(
            energy=float(record.energy),
            protein=float(record.protein),
            fat=float(record.fat),
            carbohydrate=float(record.carbohydrate),
            salt=float(record.salt),
            red=float(record.red),
            green=float(record.green),
            yellow=float(record.yellow),
        )
