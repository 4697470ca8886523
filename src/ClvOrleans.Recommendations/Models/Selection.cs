namespace ClvOrleans.Recommendations.Models;

/// <summary>Selects without sorting all.</summary>
internal static class Selection
{
    /// <summary>The k-th greatest value, k from 1. Reorders the values (Hoare's quickselect).</summary>
    public static float Greatest(Span<float> values, int k)
    {
        var (low, high, place) = (0, values.Length - 1, k - 1);
        while (low < high)
        {
            var pivot = values[low + ((high - low) / 2)];
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] > pivot)
                {
                    i++;
                }

                while (values[j] < pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (place <= j)
            {
                high = j;
            }
            else if (place >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[place];
    }

    /// <summary>
    /// The greatest values above zero, the greatest first; of equal ones the first by number. Whatever the order they are looked at in.
    /// </summary>
    public static int[] Top(ReadOnlySpan<float> values, int count)
    {
        var heap = new PriorityQueue<int, (float Value, int Number)>(count + 1);
        for (var i = 0; i < values.Length && count > 0; i++)
        {
            if (!(values[i] > 0))
            {
                continue;
            }

            if (heap.Count < count)
            {
                heap.Enqueue(i, (values[i], -i));
            }
            else if (heap.TryPeek(out _, out var least) && (values[i], -i).CompareTo(least) > 0)
            {
                heap.EnqueueDequeue(i, (values[i], -i));
            }
        }

        var top = new int[heap.Count];
        for (var place = top.Length - 1; place >= 0; place--)
        {
            top[place] = heap.Dequeue();
        }

        return top;
    }
}
