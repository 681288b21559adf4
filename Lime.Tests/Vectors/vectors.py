"""The vector files: one OpenFlow message a line, its bytes in hexadecimal digits, then a name."""


class VectorFile:
    """Collects messages of one source and one version; what differs in the transaction id alone is kept once."""

    def __init__(self, source, version):
        self.source = source
        self.version = version
        self._seen = set()
        self._names = {}
        self._lines = []

    def add(self, name, message):
        """Adds a whole message; a name that is taken gets a number behind it."""
        message = bytes(message)
        if len(message) < 8 or int.from_bytes(message[2:4], "big") != len(message):
            raise ValueError(f"{name}: {len(message)} bytes are not one message")
        key = message[:4] + message[8:]
        if key in self._seen:
            return
        self._seen.add(key)
        count = self._names[name] = self._names.get(name, 0) + 1
        self._lines.append(f"{message.hex()} {name}{f' ({count})' if count > 1 else ''}")

    def write(self, folder):
        """Writes the file, named after source and version."""
        with open(f"{folder}/{self.source}-{self.version}.txt", "w", encoding="ascii") as file:
            file.write("".join(f"{line}\n" for line in self._lines))
        print(f"{self.source} {self.version}: {len(self._lines)} messages")
