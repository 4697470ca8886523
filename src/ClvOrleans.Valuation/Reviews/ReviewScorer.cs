using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace ClvOrleans.Valuation.Reviews;

/// <summary>
/// Tells the rating of a review from its words: a maximum-entropy model of the counts of character n-grams, which need no knowledge of
/// where words end. Pure and safe to call from many threads; tens of microseconds for a sentence or two.
/// </summary>
public sealed class ReviewScorer
{
    /// <summary>Longest n-gram, in UTF-16 units.</summary>
    public const int LongestGram = 4;

    private const int Version = 1;
    private const int LongestText = 2_000;

    // U+E000 to U+F8FF: all emoji of today have one of their own.
    private const int FirstPrivate = 0xE000;
    private const int PrivateSigns = 6_400;
    private readonly ImmutableArray<int> _ratings;
    private readonly ImmutableArray<string> _grams;
    private readonly float[] _biases;
    private readonly float[] _weights;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _find;

    /// <summary>Takes over what was fitted.</summary>
    /// <param name="ratings">The ratings that can be told, in hundredths.</param>
    /// <param name="biases">One for each rating.</param>
    /// <param name="grams">The n-grams that count.</param>
    /// <param name="weights">Of each n-gram in turn, one weight for each rating.</param>
    /// <exception cref="ArgumentException">The lengths do not fit one another.</exception>
    public ReviewScorer(ImmutableArray<int> ratings, float[] biases, ImmutableArray<string> grams, float[] weights)
    {
        if (ratings.IsEmpty || biases.Length != ratings.Length || weights.Length != grams.Length * ratings.Length)
        {
            throw new ArgumentException(
                $"{ratings.Length} ratings, {biases.Length} biases, {grams.Length} n-grams and {weights.Length} weights.");
        }

        (_ratings, _biases, _grams, _weights) = (ratings, biases, grams, weights);
        _find = grams.Select((g, i) => KeyValuePair.Create(g, i)).ToFrozenDictionary(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// Small letters, single spaces between words and one at each end, also for signs that nobody sees, no more than 2,000 characters. An
    /// emoji is one character of those for private use, as the pipeline tells no halves of surrogate pairs apart.
    /// </summary>
    public static string Normalise(string text)
    {
        var words = new StringBuilder(" ", Math.Min(text.Length, LongestText) + 2);
        foreach (var sign in text.EnumerateRunes())
        {
            if (words.Length > LongestText)
            {
                break;
            }

            var seen = Rune.IsWhiteSpace(sign) || Rune.IsControl(sign) ? ' '
                : sign.IsBmp ? (char)Rune.ToLowerInvariant(sign).Value
                : (char)(FirstPrivate + (sign.Value % PrivateSigns));
            if (seen != ' ' || words[^1] != ' ')
            {
                words.Append(seen);
            }
        }

        return (words[^1] == ' ' ? words : words.Append(' ')).ToString();
    }

    /// <summary>The expected rating, and the most probable one, in hundredths; null where no n-gram is known.</summary>
    public (int Expected, int Likeliest)? Score(string text)
    {
        Span<double> odds = stackalloc double[_ratings.Length];
        if (!Weigh(Normalise(text), odds))
        {
            return null;
        }

        var (likeliest, all, expected) = (0, 0.0, 0.0);
        for (var i = 0; i < odds.Length; i++)
        {
            likeliest = odds[i] > odds[likeliest] ? i : likeliest;
        }

        var most = odds[likeliest];
        for (var i = 0; i < odds.Length; i++)
        {
            var weight = Math.Exp(odds[i] - most);
            (all, expected) = (all + weight, expected + (weight * _ratings[i]));
        }

        return ((int)Math.Round(expected / all), _ratings[likeliest]);
    }

    /// <summary>What <see cref="Open"/> reads.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        writer.Write(_ratings.Length);
        foreach (var (rating, bias) in _ratings.Zip(_biases))
        {
            writer.Write(rating);
            writer.Write(bias);
        }

        writer.Write(_grams.Length);
        for (var i = 0; i < _grams.Length; i++)
        {
            writer.Write((byte)_grams[i].Length);
            foreach (var unit in _grams[i])
            {
                writer.Write((ushort)unit); // Half of a surrogate pair is an n-gram too, and no text.
            }

            foreach (var weight in _weights.AsSpan(i * _ratings.Length, _ratings.Length))
            {
                writer.Write(weight);
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>The scorer of some bytes. <exception cref="InvalidDataException">They are not of one.</exception></summary>
    public static ReviewScorer Open(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
            if (reader.ReadInt32() is not Version and var version)
            {
                throw new InvalidDataException($"A scorer of reviews of version {version} is not known.");
            }

            var ratings = new (int Rating, float Bias)[reader.ReadInt32()];
            for (var i = 0; i < ratings.Length; i++)
            {
                ratings[i] = (reader.ReadInt32(), reader.ReadSingle());
            }

            var grams = new string[reader.ReadInt32()];
            var weights = new float[grams.Length * ratings.Length];
            for (var i = 0; i < grams.Length; i++)
            {
                grams[i] = string.Create(reader.ReadByte(), reader, static (text, from) =>
                {
                    for (var at = 0; at < text.Length; at++)
                    {
                        text[at] = (char)from.ReadUInt16();
                    }
                });
                for (var rating = 0; rating < ratings.Length; rating++)
                {
                    weights[(i * ratings.Length) + rating] = reader.ReadSingle();
                }
            }

            return new ReviewScorer([.. ratings.Select(r => r.Rating)], [.. ratings.Select(r => r.Bias)], [.. grams], weights);
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("A scorer of reviews is damaged.", e);
        }
    }

    // Counts of known n-grams, scaled to length one, times their weights.
    private bool Weigh(ReadOnlySpan<char> text, Span<double> odds)
    {
        var (counts, seen, met) = (ArrayPool<int>.Shared.Rent(_grams.Length), ArrayPool<int>.Shared.Rent(_grams.Length), 0);
        counts.AsSpan(0, _grams.Length).Clear();
        for (var from = 0; from < text.Length; from++)
        {
            for (var length = 1; length <= LongestGram && from + length <= text.Length; length++)
            {
                if (_find.TryGetValue(text.Slice(from, length), out var gram) && counts[gram]++ == 0)
                {
                    seen[met++] = gram;
                }
            }
        }

        var square = 0.0;
        foreach (var gram in seen.AsSpan(0, met))
        {
            square += (double)counts[gram] * counts[gram];
        }

        for (var i = 0; i < odds.Length; i++)
        {
            odds[i] = _biases[i];
        }

        foreach (var gram in seen.AsSpan(0, met))
        {
            var share = counts[gram] / Math.Sqrt(square);
            for (var i = 0; i < odds.Length; i++)
            {
                odds[i] += share * _weights[(gram * odds.Length) + i];
            }
        }

        ArrayPool<int>.Shared.Return(counts);
        ArrayPool<int>.Shared.Return(seen);
        return met > 0;
    }
}
