"""A survey with every kind of question, in English, Spanish and Arabic."""

from surveys.questionnaire import Choice, Kind, Line, Question, Texts

LANGUAGES = ("en", "es", "ar")


def said(english: str, spanish: str, arabic: str, **more: tuple[str, str, str]) -> Texts:
    """Return a text in the three languages, with further texts by name."""
    named = {"text": (english, spanish, arabic), **more}
    return {
        code: {name: words[place] for name, words in named.items()}
        for place, code in enumerate(LANGUAGES)
    }


OFTEN = (
    Choice("never", said("Never", "Nunca", "أبدًا")),
    Choice("sometimes", said("Sometimes", "A veces", "أحيانًا")),
    Choice("always", said("Always", "Siempre", "دائمًا")),
)
EVERY_KIND = (
    Question(
        key="hello",
        kind=Kind.STATEMENT,
        texts=said(
            "Think of the last school year.",
            "Piense en el último año escolar.",
            "فكّر في العام الدراسي الماضي.",
        ),
    ),
    Question(key="recommend", kind=Kind.RECOMMEND, texts={}, is_required=True),
    Question(
        key="safe",
        kind=Kind.RATING,
        texts=said(
            "How safe is your child at school?",
            "¿Qué tan seguro está su hijo en la escuela?",
            "ما مدى أمان طفلك في المدرسة؟",
            low=("Not at all", "Nada", "غير آمن إطلاقًا"),
            high=("Very", "Mucho", "آمن جدًا"),
        ),
    ),
    Question(
        key="bus",
        kind=Kind.SINGLE,
        texts=said(
            "How often does your child ride the bus?",
            "¿Con qué frecuencia toma su hijo el autobús?",
            "كم مرة يركب طفلك الحافلة؟",
            help=(
                "Count the way there and back.",
                "Cuente la ida y la vuelta.",
                "احسب الذهاب والإياب.",
            ),
        ),
        choices=OFTEN,
    ),
    Question(
        key="reached",
        kind=Kind.MULTIPLE,
        texts=said(
            "When did you write to us?",
            "¿Cuándo nos escribió?",
            "متى كتبت إلينا؟",
        ),
        choices=OFTEN,
    ),
    Question(
        key="staff",
        kind=Kind.MATRIX,
        texts=said("The staff are ...", "El personal es ...", "الموظفون ..."),
        lines=(
            Line("kind", said("kind", "amable", "لطفاء")),
            Line("quick", said("quick to answer", "rápido en responder", "سريعون في الرد")),
        ),
        choices=OFTEN,
    ),
    Question(key="name", kind=Kind.SHORT_TEXT, texts=said("School", "Escuela", "المدرسة")),
    Question(key="why", kind=Kind.LONG_TEXT, texts=said("Why?", "¿Por qué?", "لماذا؟")),
    Question(key="years", kind=Kind.NUMBER, texts=said("Years here", "Años aquí", "سنوات هنا")),
    Question(key="day", kind=Kind.DATE, texts=said("Since when?", "¿Desde cuándo?", "منذ متى؟")),
    Question(
        key="contact",
        kind=Kind.CONSENT,
        texts=said(
            "You may contact me about my answers.",
            "Pueden comunicarse conmigo sobre mis respuestas.",
            "يمكنكم الاتصال بي بشأن إجاباتي.",
        ),
    ),
)
