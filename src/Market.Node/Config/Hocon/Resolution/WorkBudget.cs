using Market.Node.Config.Hocon.Syntax;

namespace Market.Node.Config.Hocon.Resolution;

/// <summary>Counts what substitutions and flattening produce, against <see cref="Bounds.Work"/>.</summary>
internal sealed class WorkBudget
{
    private long _left = Bounds.Work;

    public void Spend(long amount, HoconOrigin origin, KeyPath? at)
    {
        _left -= amount;
        if (_left < 0)
            throw new HoconException(origin, at?.ToString(), $"substitutions make this larger than {Bounds.Work} characters; the limit is 4 MiB");
    }
}
