using Market.Chaos.Machines;
using Market.Servers;

namespace Market.Chaos.Faults;

/// <summary>
/// Draws what goes wrong next. Each kind comes once, in an order of chance, before any comes again; so that a short run has them all. What cannot happen
/// now, because something else is happening to that part, comes at the next turn.
/// </summary>
internal sealed class Misfortune
{
    /// <summary>Only for a node with a network of its own.</summary>
    public const string CableKind = "link down";

    private const string Broker = "broker";
    private const string Database = "database";

    private readonly Room _room;
    private readonly Random _chance;
    private readonly IReadOnlyDictionary<string, Func<Fault>> _kinds;
    private readonly List<string> _deck = [];
    private readonly Poison _poison;

    /// <param name="only">Kinds that may happen; null for all that can.</param>
    public Misfortune(Room room, Poison poison, int seed, IReadOnlyCollection<string>? only)
    {
        (_room, _poison, _chance) = (room, poison, new Random(seed));
        _kinds = All().Where(kind => only?.Contains(kind.Key) ?? kind.Key != CableKind).ToDictionary();
        if (_kinds.Count == 0) { throw new ArgumentException($"Kinds are {string.Join(", ", All().Keys)}.", nameof(only)); }
    }

    /// <param name="busy">Parts that something happens to already.</param>
    /// <returns>Null when nothing of what is left can happen now.</returns>
    public Fault? Draw(IReadOnlySet<string> busy)
    {
        if (_deck.Count == 0) { _deck.AddRange(_kinds.Keys.Order(StringComparer.Ordinal).OrderBy(_ => _chance.Next())); }
        for (var i = 0; i < _deck.Count; i++)
        {
            var fault = _kinds[_deck[i]]();
            if (fault.Parts.Any(busy.Contains)) { continue; }
            _deck.RemoveAt(i);
            return fault;
        }
        return null;
    }

    private Dictionary<string, Func<Fault>> All() => new()
    {
        ["node killed"] = () => Node("node killed", "killed, started again after {0}", Seconds(0, 4), machine => machine.Node.Kill(), machine => machine.StartAsync()),
        ["node frozen"] = () => Node("node frozen", "frozen for {0}", TimeSpan.FromSeconds(30), machine => machine.Node.Freeze(), Then(machine => machine.Node.GoOn())),
        ["node leaves"] = () => Node("node leaves", "told to leave, started again after {0}", Seconds(1, 5), machine => machine.Node.Stop(), machine => machine.StartAsync()),
        ["cut from broker"] = () => Cut("cut from broker", machine => [machine.ToBroker]),
        ["cut from database"] = () => Cut("cut from database", machine => [machine.ToDatabase]),
        ["cut from both"] = () => Cut("cut from both", machine => [machine.ToBroker, machine.ToDatabase]),
        [CableKind] = Pulled,
        ["broker restarted"] = () => Server("broker restarted", Broker, TimeSpan.Zero, _room.Broker.Stop, _room.Broker.Start),
        ["broker killed"] = () => Server("broker killed", Broker, Seconds(0, 4), _room.Broker.Kill, _room.Broker.Start),
        ["database restarted"] = () => Server("database restarted", Database, TimeSpan.Zero, _room.Database.Stop, _room.Database.Start),
        ["database killed"] = () => Server("database killed", Database, Seconds(0, 4), _room.Database.Kill, _room.Database.Start),
        ["database slow"] = Slow,
        ["poison message"] = () => new Fault("poison message", "put into a shard's queue", [Broker], () => _poison.PutAsync(_chance), TimeSpan.Zero, () => Task.CompletedTask),
    };

    private Fault Node(string kind, string what, TimeSpan lasts, Action<Machine> begin, Func<Machine, Task> end)
    {
        var machine = Any();
        return new Fault(kind, $"{machine.Name} {string.Format(null, what, Text(lasts))}", [machine.Name], () => Task.Run(() => begin(machine)), lasts, () => end(machine));
    }

    /// <summary>Half of the lines go dead without a word, half say that they do.</summary>
    private Fault Cut(string kind, Func<Machine, Line[]> lines)
    {
        var silent = _chance.Next(2) == 0;
        return Node(
            kind, $"{kind} for {{0}}, {(silent ? "silently" : "connections ended")}", Seconds(3, 20),
            machine => Array.ForEach(lines(machine), line =>
            {
                if (silent) { line.Stall(); }
                else { line.Cut(); }
            }),
            Then(machine => Array.ForEach(lines(machine), line => line.Mend())));
    }

    private Fault Pulled()
    {
        var machine = _room.Machines.Single(machine => machine.Network is not null);
        var lasts = Seconds(3, 20);
        return new Fault(CableKind, $"{machine.Name} its link down for {Text(lasts)}", [machine.Name], Done(machine.Network!.Pull), lasts, Done(machine.Network.PlugIn));
    }

    private static Fault Server(string kind, string part, TimeSpan lasts, Action begin, Action end) =>
        new(kind, lasts == TimeSpan.Zero ? kind : $"{kind}, started again after {Text(lasts)}", [part], Done(begin), lasts, Done(end));

    private Fault Slow()
    {
        var by = TimeSpan.FromMilliseconds(_chance.Next(20, 200));
        return new Fault(
            "database slow", $"every word to and from the database takes {by.TotalMilliseconds} ms longer for 8 s", [Database],
            Done(() => SlowAll(by)), TimeSpan.FromSeconds(8), Done(() => SlowAll(TimeSpan.Zero)));
    }

    private void SlowAll(TimeSpan by)
    {
        foreach (var machine in _room.Machines) { machine.ToDatabase.Slow(by); }
    }

    private Machine Any() => _room.Machines[_chance.Next(_room.Machines.Count)];

    private TimeSpan Seconds(int from, int to) => TimeSpan.FromMilliseconds(_chance.Next(from * 1_000, to * 1_000));

    private static string Text(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static Func<Task> Done(Action does) => () => Task.Run(does);

    private static Func<Machine, Task> Then(Action<Machine> does) => machine => Task.Run(() => does(machine));
}
