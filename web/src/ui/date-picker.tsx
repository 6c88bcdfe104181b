import 'dayjs/locale/zh-cn';
import { DatePicker } from 'antd';

/** antd's picker with the month names of both languages; taken from here, so that only pages with a calendar load dayjs. */
export { DatePicker };
