using Market.Node.Config.Hocon.Syntax;

namespace Market.Node.Config.Hocon.Resolution;

/// <summary>
/// Finds what <c>${path}</c> stands for, in this order: the path with its letters as written, first below the place where
/// its file was included, then from the root; the environment variable of that name; the path in any case. Keys ignore
/// case, but <c>port = ${?PORT}</c> means the environment and not itself.
/// </summary>
internal sealed class Substitutions(Resolver resolver, Waiting waiting, Func<string, string?> environment)
{
    /// <exception cref="HoconException">Nothing was found and <paramref name="node"/> is not optional.</exception>
    public Value Resolve(SubstitutionNode node)
    {
        waiting.Enter(node.At, node.Origin);
        var metItself = false;
        var value = Find(node, ref metItself);
        if (value == Value.Undefined && !node.Optional)
            throw new HoconException(node.Origin, node.At.ToString(), metItself ? Circle(node) : Missing(node));
        waiting.Leave();
        return value;
    }

    private Value Find(SubstitutionNode node, ref bool metItself)
    {
        var value = FindInFile(node, StringComparison.Ordinal, ref metItself);
        if (value != Value.Undefined)
            return value;
        return environment(string.Join('.', node.Target.Keys)) is { } text
            ? new TextValue(text, node.Origin)
            : FindInFile(node, StringComparison.OrdinalIgnoreCase, ref metItself);
    }

    private Value FindInFile(SubstitutionNode node, StringComparison comparison, ref bool metItself)
    {
        if (node.Mount.Keys.Count == 0)
            return Walk(node.Target.Keys, comparison, ref metItself);
        var value = Walk([.. node.Mount.Keys, .. node.Target.Keys], comparison, ref metItself);
        return value != Value.Undefined ? value : Walk(node.Target.Keys, comparison, ref metItself);
    }

    private Value Walk(IReadOnlyList<string> keys, StringComparison comparison, ref bool metItself)
    {
        var value = resolver.Reduce(resolver.Root);
        foreach (var key in keys)
        {
            if (value is not ObjectValue { Fields: var fields } || fields.IndexOf(key) is not (>= 0 and var index))
                return Value.Undefined;
            var (name, cell) = fields.GetAt(index);
            if (!name.Equals(key, comparison))
                return Value.Undefined;
            metItself |= cell.Source.InProgress;
            value = resolver.Reduce(cell.Source);
        }
        return value;
    }

    private static string Missing(SubstitutionNode node) =>
        $"${{{node.Target}}} is defined neither in the configuration nor in the environment; "
        + $"define it, or write ${{?{node.Target}}} if it may be missing";

    private string Circle(SubstitutionNode node) =>
        $"${{{node.Target}}} leads back to itself ({waiting.Chain(node.Target)}) and there is no earlier value to use";
}
