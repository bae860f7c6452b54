using System.Numerics;
using Market.Protocol.Values;

namespace Market.Actors.Chance;

/// <summary>
/// A row of random draws that is already there: draw number <c>index</c> is a pure function of the key and the index.
/// Nothing changes when one is drawn, so an actor keeps only the number of its next draw in its state, draws in any order,
/// and a replay, which reads results from events, never draws again. The same bits on every machine.
/// </summary>
/// <remarks>
/// Each draw counts the key up by odd steps of 2⁶⁴ ÷ the golden ratio and mixes the sum, as SplitMix64 does: Steele, Lea and Flood,
/// "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), with the mixer "Mix13" of D. Stafford. SplitMix64 alone would give
/// keys one step apart the same row, shifted; hence a second round, with the key added to the first one's result (as a cipher
/// whitens). For one key the draws are a permutation of all 64-bit numbers. Not for secrets: who sees draws can find the key.
/// </remarks>
/// <param name="Key">Any 64 bits; streams of different keys are unrelated.</param>
public readonly record struct ChanceStream(ulong Key)
{
    private const ulong GoldenStep = 0x9E3779B97F4A7C15;

    /// <summary>The stream of one actor in one market.</summary>
    /// <param name="marketSeed">The seed of the market, written in its journal.</param>
    /// <param name="actorPath">The actor's address, such as <c>/banana/price</c>; every character counts.</param>
    public static ChanceStream For(ulong marketSeed, string actorPath) => new(StableHash.Hash64(actorPath, marketSeed));

    /// <summary>64 random bits.</summary>
    /// <param name="index">Number of the draw, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public ulong Bits(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var once = Mix(Key + (((ulong)index + 1) * GoldenStep));
        return Mix((once ^ BitOperations.RotateLeft(Key, 32)) + GoldenStep);
    }

    /// <summary>
    /// Uniform in the open interval (0, 1), never 0 and never 1: (k + ½)·2⁻⁵² for the 52 high bits k, an odd multiple of 2⁻⁵³.
    /// (With a k of 53 bits, k + ½ would not fit a double and the last one would round to 1.) Errors as <see cref="Bits"/>.
    /// </summary>
    public double Uniform(long index) => ((Bits(index) >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>Normal with mean 0 and standard deviation 1, within ±8.3. Errors as <see cref="Bits"/>.</summary>
    public double Normal(long index) => Chance.Normal.Quantile(Uniform(index));

    /// <summary>e^(<paramref name="mu"/> + <paramref name="sigma"/>·z), z normal. Errors as <see cref="Bits"/>.</summary>
    /// <param name="mu">Mean of the logarithm; finite.</param>
    /// <param name="sigma">Standard deviation of the logarithm; finite, at least 0.</param>
    public double LogNormal(long index, double mu, double sigma) => PortableMath.Exp(mu + (sigma * Normal(index)));

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
